using Ecart.Domains.Network.Signatures;

namespace Ecart.App.Signatures;

/// <summary>Files of signatures: a JSON list, or a STIX 2.1 bundle.</summary>
internal static class SignatureFile
{
    public const string Json = "json";
    public const string Stix = "stix";

    /// <summary>The forms of a file.</summary>
    public static IReadOnlyList<string> Forms { get; } = [Json, Stix];

    /// <summary>Reads a file of either form: a bundle is an object, a list is none.</summary>
    /// <exception cref="SignatureException">It cannot be read, or a signature is wrong.</exception>
    public static IReadOnlyList<NetworkSignature> Read(byte[] utf8)
    {
        return utf8.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? StixBundle.Read(utf8) : SignatureJson.Read(utf8);
    }

    /// <summary>The bytes of a file.</summary>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    /// <param name="signatures">What it holds.</param>
    /// <param name="now">When it is made, UTC.</param>
    public static byte[] Write(string form, IReadOnlyList<NetworkSignature> signatures, DateTime now) =>
        form == Stix ? StixBundle.Write(signatures, now) : SignatureJson.Write(signatures);
}
