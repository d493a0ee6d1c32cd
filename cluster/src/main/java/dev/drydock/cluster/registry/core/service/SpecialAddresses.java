package dev.drydock.cluster.registry.core.service;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import java.net.InetAddress;

/// Refuses addresses that mean something of their own. Models ValidateNonSpecialIP in
/// pkg/apis/core/validation.
public final class SpecialAddresses {
  private SpecialAddresses() {}

  public static void validate(String text, FieldPath path, FieldErrors errors) {
    ImmutableList<String> wrong = Formats.ip(text);
    wrong.forEach(message -> errors.invalid(path, text, message));
    if (!wrong.isEmpty()) {
      return;
    }
    InetAddress ip = InetAddresses.forString(text);
    if (ip.isAnyLocalAddress()) {
      errors.invalid(path, text, "may not be unspecified (" + ip.getHostAddress() + ")");
    }
    if (ip.isLoopbackAddress()) {
      errors.invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if (ip.isLinkLocalAddress()) {
      errors.invalid(path, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    if (ip.isMulticastAddress()) {
      errors.invalid(
          path, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
  }
}
