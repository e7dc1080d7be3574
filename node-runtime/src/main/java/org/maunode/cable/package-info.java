/** The cable: peers over Bluetooth LE, called and served as peers over TCP are. */
package org.maunode.cable;
