/** What is inside published files: JSON-LD, checked before it is sealed and made readable after it was opened. */
package org.maunode.tools.content;
