/** The way in through the home router: one TCP port, asked for, renewed and given back. */
package org.maunode.discovery.router;
