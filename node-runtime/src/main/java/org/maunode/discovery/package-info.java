/** Fingerprint to address. */
package org.maunode.discovery;
