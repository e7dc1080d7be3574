/** What time it is, as far as a board without a battery clock can know (docs/clock.md). */
package org.maunode.clock;
