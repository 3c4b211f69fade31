using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ecart.App.Serve.Access;

/// <summary>Secrets of 256 random bits: keys, sessions, invitations. Too many to guess, so that a fast hash keeps them.</summary>
internal static class Secret
{
    /// <summary>What the secret of a key begins with, so that one that leaks is recognised.</summary>
    public const string KeyPrefix = "ecart_";

    private const int Bytes = 32;

    /// <summary>A new one.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What the store keeps of it.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>
    /// What a page of a session sends back with every change. Another site cannot read the page, nor make it from anything that it can read.
    /// </summary>
    public static string PageToken(string sessionSecret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("page\0" + sessionSecret)));

    /// <summary>Compares in a time that says nothing.</summary>
    public static bool AreEqual(string? one, string? other) =>
        one is not null && other is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
}
