/** Keys, and messages signed or sealed with them, under one algorithm policy; the only importer of Bouncy Castle's OpenPGP. */
package org.maunode.openpgp;
