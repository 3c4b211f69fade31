namespace Ecart.Domains.Network.Signatures;

/// <summary>What every way of reading signatures asks of them.</summary>
internal static class SignatureChecks
{
    /// <exception cref="SignatureException">One is wrong; the message names which and the field.</exception>
    public static void RequireAll(IReadOnlyList<NetworkSignature?> signatures)
    {
        for (int i = 0; i < signatures.Count; i++)
        {
            string? fault = signatures[i] is { } signature ? signature.FindFault() : "is null.";
            if (fault is not null) throw new SignatureException($"Signature {i + 1} ('{signatures[i]?.Name}'): {fault}");
        }
    }
}
