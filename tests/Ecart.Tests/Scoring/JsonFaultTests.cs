using Ecart.Domains.Iot;
using Ecart.Domains.Network;
using Ecart.Domains.Network.Signatures;
using Ecart.Domains.Transactions;
using Ecart.Domains.UserBehavior;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Scoring;

/// <summary>What cannot be read is told in words of the file, without names of the runtime.</summary>
public sealed class JsonFaultTests
{
    [Theory]
    [InlineData("{\n  \"scan\": {\"some_targets\": \"many\"}}", "line 2, column ", "field 'scan.some_targets': a number is expected")]
    [InlineData("{\"label_delay_days\": 1.5}", "line 1, column ", "field 'label_delay_days': a whole number is expected")]
    [InlineData("{\"skan\": 1}", "line 1, column ", "there is no field 'skan'")]
    [InlineData("{\"scan\": 7}", "line 1, column ", "field 'scan': an object in { } is expected")]
    [InlineData("{\"rules\": 7}", "line 1, column ", "field 'rules': a list in [ ] is expected")]
    [InlineData("{\n\"scan\"\n", "line 3, column ", "this is not JSON")]
    [InlineData("", "line 1, column ", "this is not JSON")]
    public void Deserialize_WrongSettings_SaysPlaceFieldAndWhatIsExpected(string json, string place, string what)
    {
        string message = Assert.Throws<OptionsException>(() => NetworkOptionsJson.Deserialize(json)).Message;

        Assert.Contains(place, message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
        RequirePlain(message);
    }

    [Fact]
    public void Deserialize_EveryDomain_TellsAlike()
    {
        const string Wrong = "{\"severity\": []}";
        foreach (Action read in (Action[])
            [
                () => TransactionOptionsJson.Deserialize(Wrong), () => NetworkOptionsJson.Deserialize(Wrong), () => UserBehaviorOptionsJson.Deserialize(Wrong),
                () => IotOptionsJson.Deserialize(Wrong),
            ])
        {
            string message = Assert.Throws<OptionsException>(read).Message;
            Assert.Contains("field 'severity': an object in { } is expected", message, StringComparison.Ordinal);
            RequirePlain(message);
        }
    }

    [Fact]
    public void Read_WrongSignatures_SaysPlaceAndField()
    {
        string wrong = Assert.Throws<SignatureException>(() => SignatureJson.Read("[{\"radius\": \"wide\"}]"u8)).Message;
        string bundle = Assert.Throws<SignatureException>(() => StixBundle.Read("{\"type\": "u8.ToArray())).Message;

        Assert.Contains("field '[0].radius': a number is expected", wrong, StringComparison.Ordinal);
        Assert.Contains("line 1, column ", bundle, StringComparison.Ordinal);
        RequirePlain(wrong);
        RequirePlain(bundle);
    }

    private static void RequirePlain(string message)
    {
        foreach (string raw in (string[])["System.", "Ecart.", ".NET", "BytePosition", "LineNumber"]) Assert.DoesNotContain(raw, message, StringComparison.Ordinal);
    }
}
