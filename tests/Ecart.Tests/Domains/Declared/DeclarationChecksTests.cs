using Ecart.Domains.Declared;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Declared;

public sealed class DeclarationChecksTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { """{"name":"Cold"}""", "Setting 'name' is 'Cold'" },
        { """{"layout_version":101}""", "Setting 'layout_version' is 101" },
        { """{"entity":"temperature"}""", "Setting 'entity' is 'temperature'; it must be one of container, truck" },
        { """{"entity":"truck"}""", "Setting 'entity' is 'truck'; it must be a field that is required" },
        { """{"time_zone":"Nowhere"}""", "Setting 'time_zone' is Nowhere" },
        { """{"fields":[]}""", "Setting 'fields.count' is 0" },
        { """{"fields":[{"name":"hour"}]}""", "Setting 'fields[0].name' is 'hour'" },
        { """{"fields":[{"name":"a","synonyms":["A"]}]}""", "Setting 'fields[0].synonyms[0]' is 'A'" },
        { """{"fields":[{"name":"a","minimum":2,"maximum":1}]}""", "Setting 'fields[0].maximum' is 1" },
        { """{"encoders":[{"kind":"log","field":"temprature"}]}""", "Setting 'encoders[0].field' is 'temprature'; it must be one of temperature," },
        { """{"encoders":[{"kind":"one_hot","field":"place"}]}""", "Setting 'encoders[0].values'" },
        { """{"encoders":[{"kind":"geo","field":"latitude"}]}""", "Setting 'encoders[0].longitude'" },
        { """{"encoders":[{"kind":"hash","field":"place","buckets":128},{"kind":"hash","field":"truck","buckets":128}]}""", "Setting 'encoders[1].kind' is Hash; it must be shorter" },
        { """{"windows":[{"name":"w","kind":"sum"}]}""", "Setting 'windows[0].field'" },
        { """{"windows":[{"name":"w","entity":"place"}]}""", "Setting 'windows[0].entity' is 'place'; it must be one of container, truck" },
        { """{"deviations":[{"field":"place"}]}""", "Setting 'deviations[0].field' is 'place'" },
        { """{"novelty":[{"field":"place"},{"field":"place"}]}""", "Setting 'novelty[1].field' is 'place'; it must be named once" },
        { """{"rules":[{"name":"r","expression":"temprature > 3"}]}""", "temprature" },
        { """{"stream_detectors":[{"kind":"ew_mahalanobis"}]}""", "Setting 'stream_detectors[0].fields'" },
        { """{"stream_detectors":[{"kind":"ew_mahalanobis","fields":["place"]}]}""", "Setting 'stream_detectors[0].fields' is 'place'" },
        { """{"severity":{"medium":2}}""", "severity.medium" },
        { """{"detectors":[{"kind":"magic"}]}""", "Setting 'detectors[0].kind' is 'magic'" },
        { """{"unknown_setting":1}""", "unknown_setting" },
        { """{"encoders":[{"kind":"sparkle","field":"place"}]}""", "encoders[0].kind" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Deserialize_WrongSetting_IsNamed(string changed, string message)
    {
        Dictionary<string, System.Text.Json.JsonElement> all = Read(DeclaredJson.Serialize(DeclaredCase.Full));
        foreach ((string name, System.Text.Json.JsonElement value) in Read(changed)) all[name] = value;
        if (changed.StartsWith("{\"fields\"", StringComparison.Ordinal)) foreach (string user in new[] { "encoders", "windows", "deviations", "novelty", "rules", "stream_detectors" }) all.Remove(user);
        var error = Assert.Throws<OptionsException>(() => DeclaredJson.Deserialize(System.Text.Json.JsonSerializer.Serialize(all)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Serialize_AndBack_IsTheSame()
    {
        string json = DeclaredJson.Serialize(DeclaredCase.Full);
        Assert.Equal(json, DeclaredJson.Serialize(DeclaredJson.Deserialize(json)));
    }

    [Fact]
    public void Problems_SeveralMistakes_AreAllTold()
    {
        DomainDeclaration wrong = DeclaredCase.Full with
        {
            TimeZone = "Nowhere",
            Encoders = [new() { Field = "temprature", Weight = 99 }, new() { Field = "place" }],
            Rules = [new() { Name = "a", Expression = "temperature >" }, new() { Name = "A", Expression = "true" }],
            Severity = new() { Medium = 2, Flag = -1 },
        };

        string[] settings = [.. wrong.Problems().Select(problem => problem.Setting!)];

        Assert.Equal(
            ["encoders[0].field", "encoders[0].weight", "encoders[1].field", "rules[0].expression", "rules[1].name", "severity.medium", "time_zone"],
            settings.Order(StringComparer.Ordinal));
        Assert.Equal(14, wrong.Problems().Single(problem => problem.Setting == "rules[0].expression").Position);
        Assert.Contains("Did you mean 'temperature'?", wrong.Problems()[1].Message + wrong.Problems()[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Least_IsEnough()
    {
        var least = new DomainDeclaration { Name = "least", Entity = "who", Fields = [new() { Name = "who", Type = DeclaredFieldType.Text, Required = true }] };
        least.Validate();
        Assert.Equal(DeclaredLayout.Dimension, new DeclaredEngine(least).Layout.FeatureNames.Count);
    }

    private static Dictionary<string, System.Text.Json.JsonElement> Read(string json) =>
        System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, System.Text.Json.JsonElement>>(json)!;
}
