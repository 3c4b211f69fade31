using System.Globalization;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Scoring;

public sealed class EvidenceTextTests
{
    [Theory]
    [InlineData(EvidenceCode.BehaviorDistance, 0.9, 0.3, 0.6, 4.04, null, "Behaviour is 4.0 standard deviations from this account's usual (distance 0.900, usual 0.300).")]
    [InlineData(EvidenceCode.AmountAnomaly, 1234.5, 20, 60, 5.26, null, "Amount 1234.50 is 5.3 standard deviations above this account's usual 20.00.")]
    [InlineData(EvidenceCode.Velocity, 6, 0.253, double.NaN, 1.2e-6, null, "6 earlier transactions shortly before where 0.25 are expected (chance 1.2E-006).")]
    [InlineData(EvidenceCode.ImpossibleTravel, 5500, 9170, 900, 100, null, "The card was present 9170 km away 100 minutes before: 5500 km/h.")]
    [InlineData(EvidenceCode.ImpossibleTravel, double.NaN, double.NaN, 120, 17, null, "The card was present in another country 17 minutes before.")]
    [InlineData(EvidenceCode.HighAmount, 12000, double.NaN, 10000, double.NaN, null, "Amount 12000.00 is above 10000.")]
    [InlineData(EvidenceCode.VeryHighAmount, 62000, double.NaN, 50000, double.NaN, null, "Amount 62000.00 is even above 50000.")]
    [InlineData(EvidenceCode.NightActivity, 3, double.NaN, 2, double.NaN, null, "Local time is 03 o'clock, at night.")]
    [InlineData(EvidenceCode.EntityHistory, 4, 0.1, double.NaN, 0.204, "merchant", "The merchant has 4 confirmed frauds where 0.10 are expected (rate 20.4 %).")]
    [InlineData(EvidenceCode.NewProfile, 3, double.NaN, 10, double.NaN, null, "This account has 3 normal transactions so far; 10 make a profile.")]
    [InlineData(EvidenceCode.OutsideClusters, 0.25, double.NaN, 0, double.NaN, "retail", "Outside every usual behaviour by 0.250; the nearest is 'retail'.")]
    [InlineData(EvidenceCode.ImpossibleTravel, double.NaN, double.NaN, 120, 17, "user", "The user was in another country 17 minutes before.")]
    [InlineData(EvidenceCode.Sequence, 35.4, 0, 20, double.NaN, null, "The latest actions look more like somebody else's than like this user's own (score 35, counted from 20).")]
    [InlineData(EvidenceCode.SharedCredentials, 2, 1, 3, 4, null, "The account is used from 2 devices in different networks at once, 4 times back and forth.")]
    [InlineData(EvidenceCode.PasswordGuessing, 8, double.NaN, 6, double.NaN, "failure", "8 failures shortly after one another.")]
    [InlineData(EvidenceCode.PasswordGuessing, 8, double.NaN, 6, double.NaN, "success", "It succeeded right after 8 failures.")]
    [InlineData(EvidenceCode.NewDevice, 40, double.NaN, double.NaN, double.NaN, "d1", "This user was never seen on the device 'd1' in 40 normal events.")]
    [InlineData(EvidenceCode.NewPlace, 40, double.NaN, double.NaN, double.NaN, "US", "This user was never seen in US in 40 normal events.")]
    [InlineData(EvidenceCode.UnusualHour, 3, double.NaN, 0.02, double.NaN, null, "Local time is 03 o'clock, when this user is hardly ever seen.")]
    [InlineData(EvidenceCode.Signature, 0.1, double.NaN, 0.3, double.NaN, "bust-out", "Resembles the known threat 'bust-out' (distance 0.100, radius 0.300).")]
    [InlineData(EvidenceCode.HostScan, 32.4, double.NaN, 20, 0.43, null, "Hosts tried on this port within minutes count 32, above 20; 43 % of them failed.")]
    [InlineData(EvidenceCode.Beaconing, 300.2, double.NaN, 0.25, 1, "198.51.100.1", "Connects to 198.51.100.1 regularly, about every 300 seconds.")]
    [InlineData(EvidenceCode.ThreatClass, 0.3, double.NaN, 0.65, double.NaN, "c2", "Of the class c2, whose least score is 0.65.")]
    [InlineData("later_code", 1.5, 0, 0, 0, null, "later_code: 1.5.")]
    public void Describe_AnyCode_IsOneSentenceWithItsNumbersInEveryCulture(
        string code, double observed, double expected, double threshold, double significance, string? subject, string sentence)
    {
        var culture = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        foreign.NumberFormat.PercentDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = foreign;
            Assert.Equal(sentence, EvidenceText.Describe(new Evidence(code, 0.1, observed, expected, threshold, significance, subject)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
