/** What surrounds a command: its streams, environment, terminal and time, how it is asked to stop, and the one way it fails. */
package org.maunode.tools.shell;
