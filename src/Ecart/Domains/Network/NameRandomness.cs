namespace Ecart.Domains.Network;

/// <summary>
/// How random the registered part of a domain name looks: the share of neighbouring letters that European words hardly ever put together, and of digits
/// among letters. After S. Yadav et al., Detecting algorithmically generated malicious domain names, IMC 2010.
/// </summary>
internal static class NameRandomness
{
    private const int LongSuffix = 3;
    private const int LeastLetters = 5;
    private const int Alphabet = 26;

    /// <summary>For each first letter those that often follow it.</summary>
    private static readonly string[] Followers =
    [
        "bcdgilmnprstuvy", "aeiloruys", "acehikloruty", "adeiorsuy", "acdefilmnprstvwxy", "aefiloru", "aehilnoruas", "aeioruty", "acdefglmnoprstvz", "aeou",
        "aeiklnos", "aegdiloustyfmk", "abeimopsuy", "acdegiknostuy", "bcdfgkmnoprstuvwy", "aehiloprstu", "u", "acdegikmnorstuvy", "aceihklmnopstuwy", "aehiorstuwy",
        "abcdegilmnprst", "aeiou", "aehinors", "aceipt", "aeilnops", "aeioz",
    ];

    private static readonly uint[] Usual = [.. Followers.Select(letters => letters.Aggregate(0u, (mask, letter) => mask | (1u << (letter - 'a'))))];

    /// <summary>The part of a name that somebody registered: <c>example</c> of <c>www.example.com</c>. Empty when there is none.</summary>
    public static ReadOnlySpan<char> Registered(ReadOnlySpan<char> name)
    {
        name = name.TrimEnd('.');
        int last = name.LastIndexOf('.');
        if (last <= 0) return [];
        ReadOnlySpan<char> rest = name[..last];
        int dot = rest.LastIndexOf('.');
        // Two short last parts are a public suffix such as co.uk.
        if (dot > 0 && rest.Length - dot - 1 <= LongSuffix && name.Length - last - 1 < LongSuffix)
        {
            rest = rest[..dot];
            dot = rest.LastIndexOf('.');
        }

        return rest[(dot + 1)..];
    }

    /// <summary>0 for a word to 1 for random letters.</summary>
    public static double Of(ReadOnlySpan<char> label)
    {
        if (label.Length < LeastLetters) return 0;
        int pairs = 0;
        int strange = 0;
        int previous = -1;
        bool hasLetters = false;
        foreach (char character in label)
        {
            char lower = char.ToLowerInvariant(character);
            bool isDigit = char.IsAsciiDigit(character);
            int letter = char.IsAsciiLetterLower(lower) ? lower - 'a' : -1;
            if (letter >= 0 && previous >= 0)
            {
                pairs++;
                if ((Usual[previous] & (1u << letter)) == 0) strange++;
            }
            else if (isDigit && hasLetters)
            {
                pairs++;
                strange++;
            }

            hasLetters |= letter >= 0;
            previous = letter < Alphabet ? letter : -1;
        }

        return pairs == 0 ? 0 : Math.Min(1, 2.0 * strange / pairs);
    }

    /// <summary>Hash of the registered part, whatever its case.</summary>
    public static ulong HashOf(ReadOnlySpan<char> label)
    {
        ulong hash = 14_695_981_039_346_656_037UL;
        foreach (char character in label) hash = (hash ^ char.ToLowerInvariant(character)) * 1_099_511_628_211UL;
        return hash;
    }
}
