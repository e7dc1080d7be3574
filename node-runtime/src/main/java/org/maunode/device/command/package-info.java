/** Signed commands to the actuators of a node: each is obeyed at most once, and answered (docs/spec/commands.md). */
package org.maunode.device.command;
