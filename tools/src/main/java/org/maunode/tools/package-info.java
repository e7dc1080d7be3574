/** The entrance: the words of a command line, made into one command that runs. */
package org.maunode.tools;
