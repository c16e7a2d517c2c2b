package org.cornu.config;

/**
 * Service by which a module adds its built-in classes and functions to the {@link Registry}, found
 * with {@link java.util.ServiceLoader} on the first look-up.
 */
public interface Catalog {
  /** Adds this module's members to the registry. */
  void addTo(Registry registry);
}
