package io.millrace.core.model;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.StringJoiner;

/** The rules for texts that are IP addresses. No name is ever looked up. */
public final class IpAddress {
    /** Longest spelling in characters: eight groups of IPv6 of which the last two are written as IPv4. */
    private static final int LENGTH_MAX = 45;

    private static final int GROUPS = 8;

    private IpAddress() {}

    /**
     * The one spelling by which an address literal is known, or nothing when it is none. IPv4 has one spelling, four decimal
     * numbers: others are read in different ways by different programs. IPv6 is spelt by RFC 5952; an IPv4 address mapped
     * into it is that IPv4 address, as it is for sockets. A scope ({@code %eth0}) means something on one machine only and
     * is not taken.
     */
    public static Optional<String> canonical(String literal) {
        if (literal.length() > LENGTH_MAX || !literal.chars().allMatch(IpAddress::isLegal)) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(literal);
            String text = address instanceof Inet4Address ? address.getHostAddress() : ipv6(address.getAddress());
            return Optional.of(text).filter(spelt -> literal.indexOf(':') >= 0 || spelt.equals(literal));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** The longest run of two or more zeros is left out, the first one of several (RFC 5952, section 4.2). */
    private static String ipv6(byte[] address) {
        int[] groups = new int[GROUPS];
        ByteBuffer bytes = ByteBuffer.wrap(address);
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = Short.toUnsignedInt(bytes.getShort());
        }
        int from = 0;
        int length = 0;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(groups, i);
            from = zeros > length ? i : from;
            length = Math.max(length, zeros);
        }
        return length < 2
                ? text(groups, 0, GROUPS)
                : text(groups, 0, from) + "::" + text(groups, from + length, GROUPS);
    }

    private static int zerosFrom(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String text(int[] groups, int from, int to) {
        StringJoiner text = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            text.add(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static boolean isLegal(int c) {
        boolean digit = c < 128 && Character.digit(c, 16) >= 0;
        return digit || c == ':' || c == '.';
    }
}
