using System.Globalization;
using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class TransactionOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreInRange() => TransactionOptions.Default.Validate();

    [Theory]
    [InlineData("""{"currency":"EURO"}""", "Setting 'currency' is EURO; it must be an ISO 4217 code of three letters.")]
    [InlineData("""{"allowed_lateness_minutes":-1}""", "Setting 'allowed_lateness_minutes' is -1; it must be between 0 and 43200.")]
    [InlineData("""{"exchange_rates":{"USD":0}}""", "Setting 'exchange_rates.USD' is 0; it must be above 0.")]
    [InlineData("""{"profile":{"minimum_observations":1}}""", "Setting 'profile.minimum_observations' is 1; it must be between 2 and 1000.")]
    [InlineData("""{"profile":{"sigma_floor_ratio":1.5}}""", "Setting 'profile.sigma_floor_ratio' is 1.5; it must be between 0 and 1.")]
    [InlineData("""{"behavior_distance":{"scale":0}}""", "Setting 'behavior_distance.scale' is 0; it must be between 1E-06 and 1000.")]
    [InlineData("""{"amount_anomaly":{"maximum":2}}""", "Setting 'amount_anomaly.maximum' is 2; it must be between 0 and 1.")]
    [InlineData("""{"velocity":{"window_minutes":1441}}""", "Setting 'velocity.window_minutes' is 1441; it must be between 1 and 1440.")]
    [InlineData("""{"velocity":{"very_rare":0.01}}""", "Setting 'velocity.very_rare' is 0.01; it must be between 0 and 0.001.")]
    [InlineData("""{"impossible_travel":{"channels":["pos","7"]}}""", "Setting 'impossible_travel.channels' is 7; it must be one of online, pos, atm, wire, mobile.")]
    [InlineData("""{"impossible_travel":{"channels":["pos,atm"]}}""", "Setting 'impossible_travel.channels' is pos,atm; it must be one of online, pos, atm, wire, mobile.")]
    [InlineData("""{"impossible_travel":{"minimum_km":-5}}""", "Setting 'impossible_travel.minimum_km' is -5; it must be between 0 and 20040.")]
    [InlineData("""{"high_amount":{"contribution":-0.1}}""", "Setting 'high_amount.contribution' is -0.1; it must be between 0 and 1.")]
    [InlineData("""{"night_activity":{"to_hour":1}}""", "Setting 'night_activity.to_hour' is 1; it must be between 2 and 23.")]
    [InlineData("""{"entity_history":{"window_days":0}}""", "Setting 'entity_history.window_days' is 0; it must be between 1 and 120.")]
    [InlineData("""{"new_profile":{"contribution":1.1}}""", "Setting 'new_profile.contribution' is 1.1; it must be between 0 and 1.")]
    [InlineData("""{"clusters":{"scale":0}}""", "Setting 'clusters.scale' is 0; it must be between 1E-09 and 1000000000.")]
    [InlineData("""{"signature":{"high":-1}}""", "Setting 'signature.high' is -1; it must be between 0 and 1.")]
    [InlineData("""{"knn":{"minimum_candidates":4}}""", "Setting 'knn.minimum_candidates' is 4; it must be between 5 and 100000.")]
    [InlineData("""{"profile_distance":{"sigmas":0}}""", "Setting 'profile_distance.sigmas' is 0; it must be between 0.1 and 100.")]
    [InlineData("""{"severity":{"high":0.4}}""", "Setting 'severity.high' is 0.4; it must be between 0.5 and 1.")]
    public void Deserialize_ValueOutOfRange_NamesSettingValueAndRange(string json, string message)
    {
        var culture = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        foreign.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = foreign;
            Assert.Equal(message, Assert.Throws<OptionsException>(() => TransactionOptionsJson.Deserialize(json)).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("""{"velocity":{"window":60}}""", "window")]
    [InlineData("""{"velocity":{"window_minutes":"many"}}""", "field 'velocity.window_minutes': a whole number is expected")]
    [InlineData("{", "line 1, column 2: this is not JSON")]
    [InlineData("null", "empty")]
    public void Deserialize_NotAConfiguration_NamesThePlace(string json, string place) =>
        Assert.Contains(place, Assert.Throws<OptionsException>(() => TransactionOptionsJson.Deserialize(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Serialize_AnyOptions_AreReadBackTheSame()
    {
        var options = TransactionOptions.Default with
        {
            Currency = "USD",
            ExchangeRates = new Dictionary<string, decimal> { ["EUR"] = 1.08m },
            Severity = new SeverityOptions { Flag = 0.45, Low = 0.4 },
        };
        var json = TransactionOptionsJson.Serialize(options);

        Assert.Equal(json, TransactionOptionsJson.Serialize(TransactionOptionsJson.Deserialize(json)));
        Assert.Contains("\"allowed_lateness_minutes\": 1440", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Engine_NotANumber_IsRefused()
    {
        var options = new TransactionOptions { Profile = new() { SigmaFloor = double.NaN } };

        Assert.Contains("profile.sigma_floor", Assert.Throws<OptionsException>(() => new TransactionEngine(options)).Message, StringComparison.Ordinal);
    }
}
