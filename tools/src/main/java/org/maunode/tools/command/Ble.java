package org.maunode.tools.command;

import org.maunode.runtime.ExitCode;
import org.maunode.tools.account.Session;
import org.maunode.tools.shell.ToolException;

/** Reaches nodes over Bluetooth LE. */
@picocli.CommandLine.Command(
        subcommands = {BleScan.class, BleInfo.class, BleList.class, BleGet.class, BleSync.class, BleWatch.class})
final class Ble implements Command {
    @Override
    public ExitCode run(Session session) {
        throw new ToolException(
                ExitCode.USAGE, "ble scan, info, ls, get, sync or watch?", "mau ble --help tells what each does");
    }
}
