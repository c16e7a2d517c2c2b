package org.cornu.pjrt;

/**
 * What the compiler plans to use on each device, in bytes.
 *
 * @param generatedCode the size of the machine code; CPU plugins report 0
 * @param arguments the size of all parameters
 * @param outputs the size of all results
 * @param aliased the part of the results that reuses donated parameters
 * @param temporary scratch memory during execution
 * @param peak the most at any point of the program; 0 where the plugin does not say
 */
public record CompiledMemoryStats(
    long generatedCode, long arguments, long outputs, long aliased, long temporary, long peak) {}
