package org.maunode.ble.session;

import org.maunode.ble.session.SessionException.Reason;

/**
 * How a session ended.
 *
 * @param by the side that ended it
 * @param reason why; {@link Reason#CLOSED} if nothing was wrong
 */
public record Ending(Side by, Reason reason) {}
