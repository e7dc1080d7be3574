/** What a device can do, as data that was checked as a whole. */
package org.maunode.device.profile;
