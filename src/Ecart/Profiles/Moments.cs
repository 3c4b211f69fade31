namespace Ecart.Profiles;

/// <summary>Count, sum, sum of squares and maximum of one measure. A value: combine and take apart freely.</summary>
public struct Moments
{
    /// <summary>Number of values.</summary>
    public int Count;

    /// <summary>Their sum.</summary>
    public double Sum;

    /// <summary>Sum of their squares.</summary>
    public double SumOfSquares;

    /// <summary>The largest, negative infinity when empty. An estimate after <see cref="Remove"/> took the largest out.</summary>
    public double Maximum;

    /// <summary>No values.</summary>
    public static Moments Empty => new() { Maximum = double.NegativeInfinity };

    /// <summary>Arithmetic mean, NaN when empty.</summary>
    public readonly double Mean => Count > 0 ? Sum / Count : double.NaN;

    /// <summary>Sample standard deviation (n − 1), 0 for fewer than two values.</summary>
    public readonly double SampleDeviation =>
        Count < 2 ? 0 : Math.Sqrt(Math.Max(0, (SumOfSquares - (Sum * Sum / Count)) / (Count - 1)));

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        Count++;
        Sum += value;
        SumOfSquares += value * value;
        Maximum = Math.Max(Maximum, value);
    }

    /// <summary>
    /// Takes a value out again that was added before. The second largest is not kept: when the largest goes, three standard deviations above the
    /// mean of the rest take its place, if that is less.
    /// </summary>
    public void Remove(double value)
    {
        if (Count <= 1)
        {
            this = Empty;
            return;
        }

        Count--;
        Sum -= value;
        SumOfSquares = Math.Max(0, SumOfSquares - (value * value));
        if (value >= Maximum) Maximum = Math.Min(Maximum, Mean + (3 * SampleDeviation));
    }

    /// <summary>Adds all values of another.</summary>
    public void Add(in Moments other)
    {
        Count += other.Count;
        Sum += other.Sum;
        SumOfSquares += other.SumOfSquares;
        Maximum = Math.Max(Maximum, other.Maximum);
    }
}
