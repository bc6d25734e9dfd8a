package io.millrace.controller.zookeeper;

import java.nio.charset.StandardCharsets;

/** One operation on one znode, its path relative to the root of the log. */
sealed interface ZnodeStep {
    /** Bytes that an operation takes in a request beside path and data: header, ACL, flags, versions. */
    int OVERHEAD_BYTES = 100;

    String path();

    /** An upper bound of the bytes that the operation takes in a request. */
    int sizeInBytes();

    /** A znode that is new. */
    record Create(String path, String text) implements ZnodeStep {
        @Override
        public int sizeInBytes() {
            return OVERHEAD_BYTES + path.length() + text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** New data for a znode. */
    record Set(String path, String text) implements ZnodeStep {
        @Override
        public int sizeInBytes() {
            return OVERHEAD_BYTES + path.length() + text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** The end of a znode without children. */
    record Delete(String path) implements ZnodeStep {
        @Override
        public int sizeInBytes() {
            return OVERHEAD_BYTES + path.length();
        }
    }
}
