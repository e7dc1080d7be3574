/** How programs of the same user ask a node that runs: one question and its answer over a local socket. */
package org.maunode.control;
