namespace Ecart.Scoring;

/// <summary>How much a detector's contributions count.</summary>
public sealed record EvidenceWeight
{
    /// <summary>A constant of <see cref="EvidenceCode"/>.</summary>
    public string Code { get; init; } = "";

    /// <summary>What a contribution is multiplied by.</summary>
    public double Weight { get; init; }

    /// <summary>The weight of a code in a list; <paramref name="otherwise"/> where it names none.</summary>
    internal static double Of(IReadOnlyList<EvidenceWeight> weights, string code, double otherwise)
    {
        for (int i = 0; i < weights.Count; i++)
            if (weights[i].Code == code) return weights[i].Weight;
        return otherwise;
    }

    internal static void Validate(IReadOnlyList<EvidenceWeight> weights, double least, double most, string path)
    {
        OptionsException.Require(weights is not null && !weights.Contains(null!), path, null, "a list of {code, weight}");
        OptionsException.RequireRange(weights!.Count, 0, 64, path + ".count");
        for (int i = 0; i < weights.Count; i++)
        {
            string code = weights[i].Code;
            OptionsException.Require(IsCode(code), $"{path}[{i}].code", $"'{code}'", "a code of evidence, as night_activity");
            for (int j = 0; j < i; j++) OptionsException.Require(weights[j].Code != code, $"{path}[{i}].code", $"'{code}'", "named once");
            OptionsException.RequireRange(weights[i].Weight, least, most, $"{path}[{i}].weight");
        }
    }

    private static bool IsCode(string code)
    {
        if (code.Length is 0 or > 64) return false;
        foreach (char letter in code)
            if (!(letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')) return false;
        return true;
    }
}
