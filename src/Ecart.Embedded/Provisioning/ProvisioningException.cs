namespace Ecart.Embedded.Provisioning;

/// <summary>A program of Debian cannot be had. The message names what is missing.</summary>
internal sealed class ProvisioningException(string message) : Exception(message);
