using System.Text.Json;
using Ecart.Domains.Network;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class NetworkOptionsTests
{
    [Fact]
    public void Deserialize_Serialized_GivesTheSame()
    {
        var options = new NetworkOptions { InternalNetworks = ["147.32.0.0/16"], Scan = new ScanOptions { SomeTargets = 15 } };

        string json = NetworkOptionsJson.Serialize(options);

        Assert.Equal(json, NetworkOptionsJson.Serialize(NetworkOptionsJson.Deserialize(json)));
        Assert.Equal(15, NetworkOptionsJson.Deserialize(json).Scan.SomeTargets);
    }

    [Theory]
    [InlineData("""{"scan":{"window_minutes":0}}""", "scan.window_minutes")]
    [InlineData("""{"scan":{"windowminutes":1}}""", "windowminutes")]
    [InlineData("""{"internal_networks":["10.0.0.1/99"]}""", "internal_networks[0]")]
    [InlineData("""{"beacon":{"maximum_variation":0}}""", "beacon.maximum_variation")]
    [InlineData("""{"rules":[{"name":"x","expression":"amount > 1"}]}""", "rules[0].expression")]
    [InlineData("""{"severity":{"flag":2}}""", "severity.flag")]
    [InlineData("nonsense", "cannot be read")]
    public void Deserialize_Wrong_NamesTheSetting(string json, string named)
    {
        OptionsException error = Assert.Throws<OptionsException>(() => NetworkOptionsJson.Deserialize(json));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("destination_port = 4444 and destination_scope = 'external'", true)]
    [InlineData("is_failed or hosts_on_port > 20", false)]
    [InlineData("bytes_out > 100 and is_new_destination", true)]
    public void Score_Rule_IsAskedOfTheConnection(string expression, bool isExpected)
    {
        string json = JsonSerializer.Serialize(new { rules = new[] { new { name = "mine", expression } } });

        Verdict verdict = new NetworkCase(NetworkOptionsJson.Deserialize(json)).Feed(NetworkCase.Flow(0, port: 4444));

        Assert.Equal(isExpected, verdict.IsAnomaly);
    }
}
