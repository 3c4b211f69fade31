namespace Ecart.MariaDb.Tests.Sql;

/// <summary>The formulas of the transactions domain with their default constants, as plain as they can be written.</summary>
internal static class ReferenceFormulas
{
    public static double FlooredSigma(double sigma, double mean) => Math.Max(sigma, Math.Max(0.05 * mean, 1e-3));

    public static double BehaviorDistance(double distance, double mean, double deviation)
    {
        double z = (distance - mean) / FlooredSigma(deviation, mean);
        return z > 2.5 ? Math.Min((z - 2.5) / 2, 0.4) : 0;
    }

    public static double AmountAnomaly(double amount, double meanLog, double deviationLog)
    {
        double z = (Math.Log(1 + amount) - meanLog) / FlooredSigma(deviationLog, meanLog);
        return z > 3 ? Math.Min((z - 3) / 3, 0.3) : 0;
    }

    public static double VelocityExpectation(double hourCount, double daysObserved) => (hourCount + (0.25 * 7)) / (daysObserved + 7);

    public static double Velocity(int earlier, double expected)
    {
        double probability = PoissonUpperTail(earlier, expected);
        return probability < 1e-5 ? 0.3 : probability < 1e-3 ? 0.15 : 0;
    }

    /// <summary>By the logarithm of every term, added from the smallest.</summary>
    public static double PoissonUpperTail(int count, double mean)
    {
        if (count == 0) return 1;
        bool upper = count > mean;
        int first = upper ? count : 0;
        int last = upper ? count + 5000 : count - 1;
        double logFactorial = 0;
        for (int i = 2; i < first; i++) logFactorial += Math.Log(i);
        var terms = new List<double>();
        for (int i = first; i <= last; i++)
        {
            if (i > 1) logFactorial += Math.Log(i);
            terms.Add(Math.Exp((i * Math.Log(mean)) - mean - logFactorial));
        }

        double sum = terms.Order().Sum();
        return upper ? sum : 1 - sum;
    }

    /// <summary>By the chord between two points of the unit sphere.</summary>
    public static double Kilometres(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        (double x1, double y1, double z1) = Point(latitude1, longitude1);
        (double x2, double y2, double z2) = Point(latitude2, longitude2);
        double chord = Math.Sqrt(Math.Pow(x1 - x2, 2) + Math.Pow(y1 - y2, 2) + Math.Pow(z1 - z2, 2));
        return 2 * 6371.0088 * Math.Asin(Math.Min(1, chord / 2));
    }

    public static double EntityHistory(double events, double frauds, double domainEvents, double domainFrauds)
    {
        double domainRate = (domainFrauds + 5) / (domainEvents + 1000);
        double rate = (frauds + (10 * domainRate)) / (events + 10);
        return 0.5 * Math.Clamp((rate - domainRate) / 0.3, 0, 1);
    }

    private static (double X, double Y, double Z) Point(double latitude, double longitude)
    {
        double phi = latitude * Math.PI / 180;
        double lambda = longitude * Math.PI / 180;
        return (Math.Cos(phi) * Math.Cos(lambda), Math.Cos(phi) * Math.Sin(lambda), Math.Sin(phi));
    }
}
