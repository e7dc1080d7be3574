/** Which of a channel's samples are worth publishing: pure decisions, without threads or clocks. */
package org.maunode.device.sampling;
