package org.cornu.pjrt;

import java.util.OptionalLong;

/**
 * What a device's allocator reports, in bytes; values the plugin does not know are empty.
 *
 * @param bytesInUse bytes held now
 * @param peakBytesInUse the most bytes held at once
 * @param allocations how many allocations were made
 * @param largestAllocation the largest of them
 * @param limit bytes the allocator may take
 * @param poolBytes bytes taken from the device by the allocator's pool
 */
public record MemoryStats(
    long bytesInUse,
    OptionalLong peakBytesInUse,
    OptionalLong allocations,
    OptionalLong largestAllocation,
    OptionalLong limit,
    OptionalLong poolBytes) {}
