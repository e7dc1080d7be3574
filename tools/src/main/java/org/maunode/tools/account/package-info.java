/** The account that a command works on: its passphrase, its people and its files, each opened when first needed. */
package org.maunode.tools.account;
