using Ecart.Numerics;

namespace Ecart.Eval.Simulator;

/// <summary>
/// An entity with a normal of its own: six correlated measurements around its levels, each of unit deviation, and the hour as sine and cosine. Seasonal ones are
/// 5 deviations higher in the morning and in the afternoon than at night, in two peaks, which no linear model of sine and cosine can follow.
/// </summary>
internal sealed class SimulatedEntity
{
    /// <summary>Length of a vector.</summary>
    public const int Dimension = ContextLength + Measurements;

    /// <summary>Position of the first measurement, which a detector of a single series gets.</summary>
    public const int ContextLength = 2;

    private const int Measurements = 6;
    private const int Factors = 2;
    private const double SeasonHeight = 5;
    private const double Persistence = 0.8;
    private const double SharedVariance = 0.6;
    private readonly SeededRandom random;
    private readonly double[] levels = new double[Measurements];
    private readonly double[] directions = new double[Measurements];
    private readonly double[] loadings = new double[Measurements * Factors];
    private readonly double[] factors = new double[Factors];
    private readonly bool isSeasonal;

    public SimulatedEntity(SeededRandom random, bool isSeasonal)
    {
        this.random = random;
        this.isSeasonal = isSeasonal;
        for (int j = 0; j < Measurements; j++)
        {
            levels[j] = 3 * random.NextNormal();
            directions[j] = random.Chance(0.5) ? 1 : -1;
            double angle = random.Between(0, 2 * Math.PI);
            loadings[j * Factors] = Math.Cos(angle);
            loadings[(j * Factors) + 1] = Math.Sin(angle);
        }
    }

    /// <summary>The next vector.</summary>
    /// <param name="time">Its number.</param>
    /// <param name="displacement">How many deviations every measurement is moved along the entity's own direction of change.</param>
    /// <param name="isDayAtNight">A seasonal entity behaves as at its morning peak whatever the hour.</param>
    public float[] Next(int time, double displacement = 0, bool isDayAtNight = false)
    {
        for (int f = 0; f < Factors; f++)
            factors[f] = (Persistence * factors[f]) + (Math.Sqrt(1 - (Persistence * Persistence)) * random.NextNormal());
        double hour = Hour(time);
        double season = isSeasonal ? SeasonHeight * Season(isDayAtNight ? 10 : hour) : 0;
        var vector = new float[Dimension];
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * hour / 24);
        vector[0] = (float)sine;
        vector[1] = (float)cosine;
        for (int j = 0; j < Measurements; j++)
        {
            double shared = (loadings[j * Factors] * factors[0]) + (loadings[(j * Factors) + 1] * factors[1]);
            double noise = (Math.Sqrt(SharedVariance) * shared) + (Math.Sqrt(1 - SharedVariance) * random.NextNormal());
            vector[ContextLength + j] = (float)(levels[j] + season + noise + (displacement * directions[j]));
        }

        return vector;
    }

    /// <summary>Draws a new direction of change, so that what follows differs from what was before.</summary>
    public void Turn()
    {
        for (int j = 0; j < Measurements; j++) directions[j] = random.Chance(0.5) ? 1 : -1;
    }

    private static double Hour(int time) => time % SimulatedStream.PerDay / (double)SimulatedStream.PerHour;

    private static double Season(double hour) => Peak(hour, 10, 1.5) + Peak(hour, 16, 2);

    private static double Peak(double hour, double at, double width) => Math.Exp(-0.5 * (hour - at) * (hour - at) / (width * width));
}
