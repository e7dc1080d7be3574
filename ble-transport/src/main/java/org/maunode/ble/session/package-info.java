/** Two reliable byte streams over the frames of one GATT connection, as a pure engine: see docs/spec/ble-session.md. */
package org.maunode.ble.session;
