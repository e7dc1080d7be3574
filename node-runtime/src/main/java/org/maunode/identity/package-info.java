/** The names that cross every wall, validated at birth: a value of these types is well formed, wherever it came from. */
package org.maunode.identity;
