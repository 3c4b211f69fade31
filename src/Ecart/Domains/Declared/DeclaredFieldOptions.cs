using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>A field of a declared domain's events.</summary>
public sealed record DeclaredFieldOptions
{
    /// <summary>Most characters that a text may be allowed to have.</summary>
    public const int LongestText = 1024;

    private const double LargestNumber = 1e15;

    /// <summary>With a base: which of its fields this is. Default empty: that of the same name.</summary>
    public string Role { get; init; } = "";

    /// <summary>Lower-case letters, digits and underscores, beginning with a letter; unique in the domain. Required.</summary>
    public string Name { get; init; } = "";

    /// <summary>Type of the values. Default number.</summary>
    public DeclaredFieldType Type { get; init; }

    /// <summary>True when a record without it is rejected. Default false.</summary>
    public bool Required { get; init; }

    /// <summary>Least number accepted. Default −1e15.</summary>
    public double Minimum { get; init; } = -LargestNumber;

    /// <summary>Largest number accepted. Default 1e15.</summary>
    public double Maximum { get; init; } = LargestNumber;

    /// <summary>Most characters of a text. Default 128, 1 to <see cref="LongestText"/>.</summary>
    public int MaximumLength { get; init; } = 128;

    /// <summary>The only texts accepted. Default empty: any.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Other names of columns that usually hold it. Default none.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    internal void Validate(string path, List<OptionsException> problems)
    {
        OptionsException.Collect(() => ValidateRanges(path), problems);
        for (int i = 0; i < Values.Count; i++)
        {
            string? text = Values[i];
            string place = $"{path}.values[{i}]";
            OptionsException.Collect(
                () => OptionsException.Require(text is { Length: > 0 } && text.Length <= MaximumLength, place, $"'{text}'", $"1 to {MaximumLength} characters"), problems);
        }
    }

    private void ValidateRanges(string path)
    {
        OptionsException.RequireRange(Minimum, -LargestNumber, LargestNumber, path + ".minimum");
        OptionsException.RequireRange(Maximum, Minimum, LargestNumber, path + ".maximum");
        OptionsException.RequireRange(MaximumLength, 1, LongestText, path + ".maximum_length");
        OptionsException.Require(Values.Count == 0 || Type == DeclaredFieldType.Text, path + ".values", Type, "left out: only texts have listed values");
    }
}
