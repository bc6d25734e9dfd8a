package io.millrace.gateway.grpc;

/**
 * A pattern for names: '*' stands for any characters, '?' for any single one. It needs at most the product of both lengths
 * in steps whatever the pattern, which cannot be said of regular expressions.
 */
record NamePattern(String pattern) {
    /** Whether the name fits. An empty pattern fits every name. */
    boolean matches(String name) {
        if (pattern.isEmpty()) {
            return true;
        }
        int at = 0;
        int star = -1;
        int starTook = 0;
        int i = 0;
        while (i < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                starTook = i;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                // Only the last star needs to take more: earlier ones fit as early as they can.
                at = star + 1;
                i = ++starTook;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
