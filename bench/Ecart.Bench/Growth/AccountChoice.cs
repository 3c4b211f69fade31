using Ecart.Numerics;

namespace Ecart.Bench.Growth;

/// <summary>Whose event comes next. Seeded; not thread-safe.</summary>
/// <param name="accounts">Accounts to choose from, a power of ten.</param>
/// <param name="isZipf">By Zipf's law with exponent 1 (the account of rank k comes up in proportion to 1/k), else uniformly.</param>
internal sealed class AccountChoice(int accounts, bool isZipf)
{
    /// <summary>Without a factor of 2 or 5, so that the ranks are spread over all numbers and accounts that come often do not lie together in the store.</summary>
    private const long Spread = 2_654_435_761;

    private readonly SeededRandom random = new(1);

    /// <summary>The next account, 0 up to before their number.</summary>
    public int Next()
    {
        if (!isZipf) return random.Next(accounts);
        int rank = (int)Math.Exp(random.NextDouble() * Math.Log(accounts + 1.0));
        return (int)(Math.Min(rank, accounts) * Spread % accounts);
    }
}
