using System.Globalization;
using Ecart.Domains.Iot;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Domains.Iot;

/// <summary>How seldom devices in normal operation are flagged, for signals that are not as tame as white noise.</summary>
public sealed class IotAlarmRateTests
{
    private const int Days = 35;

    [Theory]
    [InlineData("wandering", 5)]
    [InlineData("weekends", 5)]
    [InlineData("bursts", 30)]
    [InlineData("switch", 5)]
    [InlineData("coarse", 5)]
    [InlineData("irregular", 5)]
    public void Score_NormalOperation_FlagsSeldom(string kind, int most)
    {
        var flagged = new List<string>();
        for (ulong seed = 1; seed <= 4; seed++)
        {
            var run = new IotRun(IotOptions.Default);
            run.Feed(Make(kind, seed));
            flagged.AddRange(run.Flagged.Select(one => string.Create(CultureInfo.InvariantCulture, $"{seed} {one.Event.OccurredAt:MM-dd HH:mm} {one.Verdict.Evidence.ToArray().MaxBy(evidence => evidence.Contribution)}")));
        }

        Assert.True(flagged.Count <= most, $"{kind}: {flagged.Count} flagged in {4 * Days} device-days:\n{string.Join('\n', flagged)}");
    }

    private static IEnumerable<IotMeasurement> Make(string kind, ulong seed)
    {
        var random = new SeededRandom(seed);
        double state = 0;
        double minute = 0;
        while (minute < Days * 1440)
        {
            minute += kind == "irregular" ? 10 * Math.Exp(random.NextNormal()) : 10;
            double day = Math.Sin(2 * Math.PI * minute / 1440);
            bool isWeekend = (int)(minute / 1440) % 7 >= 5;
            state = (0.98 * state) + (0.2 * random.NextNormal());
            double value = kind switch
            {
                "wandering" => 50 + state + (0.1 * random.NextNormal()),
                "weekends" => 50 + (isWeekend ? 1 : 5 + (3 * day)) + (0.3 * random.NextNormal()),
                "bursts" => 5 + Math.Exp(1.2 * random.NextNormal()),
                "switch" => day + (0.2 * random.NextNormal()) > 0.5 ? 1 : 0,
                "coarse" => Math.Round(20 + (2 * day) + (0.3 * random.NextNormal())),
                _ => 20 + (2 * day) + (0.3 * random.NextNormal()),
            };
            yield return IotCase.At(minute, value);
        }
    }
}
