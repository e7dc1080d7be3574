package org.maunode.openpgp;

/** Every algorithm that is accepted or written, and every limit on what is read, in one place. */
final class AlgorithmPolicy {
    private AlgorithmPolicy() {}
}
