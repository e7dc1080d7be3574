package org.maunode.tools.command;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Every command, with what the overview says of it; made only when it was asked for, because start-up is felt. */
public enum Catalogue {
    INIT("init", "make an account", Init::new),
    SHOW("show", "tell whose account this is", Show::new),
    EXPORT("export", "print the public key, for friends", Export::new),
    FRIEND("friend", "add a friend's public key", Friend::new),
    FRIENDS("friends", "list friends", Friends::new),
    UNFRIEND("unfriend", "remove a friend", Unfriend::new),
    GROUPS("groups", "list groups of friends, and change them", Groups::new),
    FOLLOW("follow", "keep a friend's files here", Follow::new),
    UNFOLLOW("unfollow", "no longer keep a friend's files up to date", Unfollow::new),
    FOLLOWS("follows", "list who is followed", Follows::new),
    SHARE("share", "seal or sign a file and publish it", Share::new),
    FILES("files", "list files, and who may read them", FilesCommand::new),
    OPEN("open", "verify a file and print its content", Open::new),
    EDIT("edit", "change a file and seal it again for the same readers", Edit::new),
    BROWSE("browse", "read what you and those you follow posted", Browse::new),
    VERSIONS("versions", "list the versions of a file", Versions::new),
    VERIFY("verify", "check signatures", Verify::new),
    DELETE("delete", "delete a file with its versions", Delete::new),
    SERVE("serve", "let peers fetch your files", Serve::new),
    SYNC("sync", "fetch the files of those you follow", Sync::new),
    READINGS("readings", "show what a channel of a node measured", ReadingsCommand::new),
    ON("on", "turn an actuator of a node on", On::new),
    OFF("off", "turn an actuator of a node off", Off::new),
    SET("set", "set an actuator of a node to a value", SetTo::new),
    STATUS("status", "ask the node that runs here how it is", Status::new),
    PEERS("peers", "list who is known, where, and when that was last proved", Peers::new),
    FIND("find", "look for a peer by its fingerprint", Find::new),
    PING("ping", "see whether a peer answers, and how fast", Ping::new),
    BLE("ble", "reach nodes over Bluetooth LE, without a network", Ble::new),
    PROFILE("profile", "list what may hang on a board, check it, begin one", ProfileCommand::new),
    COMPLETION("completion", "print a completion script for bash or zsh", Completion::new),
    VERSION("version", "print the version of this program", Version::new);

    private final String word;
    private final String summary;
    private final Supplier<Command> maker;

    Catalogue(String word, String summary, Supplier<Command> maker) {
        this.word = word;
        this.summary = summary;
        this.maker = maker;
    }

    /** What one types. */
    public String word() {
        return word;
    }

    /** What it does, in a few words. */
    public String summary() {
        return summary;
    }

    /** A command whose options are not filled in yet. */
    public Command make() {
        return maker.get();
    }

    /** The command that is called {@code word}. */
    public static Optional<Catalogue> find(String word) {
        return Arrays.stream(values()).filter(entry -> entry.word.equals(word)).findFirst();
    }
}
