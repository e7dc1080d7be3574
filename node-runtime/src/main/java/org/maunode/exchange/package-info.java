/** What two peers say to each other, on any wire: requests and answers, the access rule, paging, and what a peer can be asked. */
package org.maunode.exchange;
