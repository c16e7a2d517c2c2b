package org.cornu.pjrt;

/**
 * The part of a program that a device runs.
 *
 * @param replica which replica
 * @param partition which partition of it
 */
public record LogicalDevice(int replica, int partition) {}
