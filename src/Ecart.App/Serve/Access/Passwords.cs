using Ecart.MariaDb.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Ecart.App.Serve.Access;

/// <summary>Hashes and checks passwords: PBKDF2 with HMAC-SHA-512, salted. Thread-safe.</summary>
internal static class Passwords
{
    /// <summary>Characters of a password, at least; length is what makes one hard to guess.</summary>
    public const int Shortest = 12;

    /// <summary>Characters of a password, at most: hashing must not cost more for a longer one.</summary>
    public const int Longest = 256;

    /// <summary>As OWASP recommends for PBKDF2 with HMAC-SHA-512.</summary>
    private const int Iterations = 210_000;

    private static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private static readonly string Nobodys = Hash(Secret.Make());

    /// <summary>Whether a text may be a password.</summary>
    public static bool IsPossible(string? password) => password is { Length: >= Shortest and <= Longest };

    /// <summary>The hash of a password.</summary>
    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>
    /// Checks a password, taking as long for a person who does not exist, has none or is shut out as for a wrong one: the time tells nobody who has an account.
    /// </summary>
    /// <returns>Whether it is right, and a stronger hash to keep when the stored one is weaker than today's.</returns>
    public static (bool IsRight, string? Stronger) Check(UserAccount? user, string password)
    {
        bool mayEnter = user is { IsDisabled: false, PasswordHash: not null };
        PasswordVerificationResult result = Hasher.VerifyHashedPassword("", mayEnter ? user!.PasswordHash! : Nobodys, password);
        if (!mayEnter || result == PasswordVerificationResult.Failed) return (false, null);
        return (true, result == PasswordVerificationResult.SuccessRehashNeeded ? Hash(password) : null);
    }
}
