/** The words of the command line, one class each. */
package org.maunode.tools.command;
