/** Nodes and readings as schema.org JSON-LD with our own terms under {@code mau:}. */
package org.maunode.device.vocabulary;
