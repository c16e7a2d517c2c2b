package org.cornu.testing;

import java.util.Set;

/**
 * How laws are checked.
 *
 * @param exactness how closely f64 results agree, relative to the largest element
 * @param differences how closely derivatives agree with differences
 * @param units how many units of a narrow type its results may differ
 */
record Settings(
    String name, Set<Law> laws, double exactness, double differences, double units, long seed) {

  Settings withLaws(Set<Law> some) {
    return new Settings(name, some, exactness, differences, units, seed);
  }

  boolean asks(Law... any) {
    for (Law law : any) {
      if (laws.contains(law)) {
        return true;
      }
    }
    return false;
  }
}
