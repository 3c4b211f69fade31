using Ecart.Scoring;

namespace Ecart.Domains.Declared;

/// <summary>Writes one field into the embedding.</summary>
public sealed record DeclaredEncoderOptions
{
    private const int MostBuckets = 128;
    private const double LargestNumber = 1e15;

    /// <summary>How.</summary>
    public DeclaredEncoderKind Kind { get; init; }

    /// <summary>What: a field of the event, a window, or what the domain derives (hour, day_of_week, ...). The latitude of <see cref="DeclaredEncoderKind.Geo"/>. Required.</summary>
    public string Field { get; init; } = "";

    /// <summary>The longitude of <see cref="DeclaredEncoderKind.Geo"/>. Default empty.</summary>
    public string Longitude { get; init; } = "";

    /// <summary>Factor of what it writes, relative to the constant 1 that every embedding begins with. Default 0.3, above 0 to 10.</summary>
    public double Weight { get; init; } = 0.3;

    /// <summary>Value that <see cref="DeclaredEncoderKind.Linear"/> writes as 0. Default 0.</summary>
    public double Center { get; init; }

    /// <summary>Divisor of <see cref="DeclaredEncoderKind.Linear"/> and <see cref="DeclaredEncoderKind.Log"/>. Default 1, above 0.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Where <see cref="DeclaredEncoderKind.Cyclic"/> begins anew, in the field's unit. Default 24, above 0.</summary>
    public double Period { get; init; } = 24;

    /// <summary>Texts of <see cref="DeclaredEncoderKind.OneHot"/>. Default empty: the values that the field lists.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Floats of <see cref="DeclaredEncoderKind.Hash"/>. Default 16, 2 to 128.</summary>
    public int Buckets { get; init; } = 16;

    /// <summary>Standard deviations at which <see cref="DeclaredEncoderKind.ZScore"/> is cut. Default 6, 1 to 100.</summary>
    public double Limit { get; init; } = 6;

    /// <summary>Smaller numbers count as this one. Default −1e15.</summary>
    public double Minimum { get; init; } = -LargestNumber;

    /// <summary>Larger numbers count as this one. Default 1e15.</summary>
    public double Maximum { get; init; } = LargestNumber;

    /// <summary>The number that an unknown one counts as. Default null: nothing is written.</summary>
    public double? Unknown { get; init; }

    /// <summary>Whether <see cref="DeclaredEncoderKind.OneHot"/> has a float for values that are not listed. Default true.</summary>
    public bool Other { get; init; } = true;

    internal void Validate(string path)
    {
        OptionsException.RequireRange(Weight, 1e-6, 10, path + ".weight");
        OptionsException.RequireRange(Center, -1e15, 1e15, path + ".center");
        OptionsException.RequireRange(Scale, 1e-9, 1e15, path + ".scale");
        OptionsException.RequireRange(Period, 1e-9, 1e15, path + ".period");
        OptionsException.RequireRange(Buckets, 2, MostBuckets, path + ".buckets");
        OptionsException.RequireRange(Limit, 1, 100, path + ".limit");
        OptionsException.RequireRange(Minimum, -LargestNumber, LargestNumber, path + ".minimum");
        OptionsException.RequireRange(Maximum, Minimum, LargestNumber, path + ".maximum");
        if (Unknown is { } unknown) OptionsException.RequireRange(unknown, -LargestNumber, LargestNumber, path + ".unknown");
    }
}
