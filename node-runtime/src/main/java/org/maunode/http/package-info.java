/** The binding of the exchange to HTTP and TLS: the only importer of the HTTP library; identities proved by leaf certificates. */
package org.maunode.http;
