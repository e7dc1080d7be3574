/** What a command prints: data on one stream, speech on the other, both free of control characters. */
package org.maunode.tools.output;
