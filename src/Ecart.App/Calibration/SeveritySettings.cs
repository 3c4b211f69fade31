using System.Text.Json;
using System.Text.Json.Nodes;
using Ecart.App.Domains;
using Ecart.App.Serve.Api;
using Ecart.Scoring;

namespace Ecart.App.Calibration;

/// <summary>The thresholds within a domain's settings: where they are, and how they are read and replaced.</summary>
internal static class SeveritySettings
{
    private const string Name = "severity";

    /// <summary>Reads thresholds, checked.</summary>
    /// <exception cref="OptionsException">They cannot be read or used; the message names the setting.</exception>
    public static SeverityOptions Read(string json)
    {
        try
        {
            SeverityOptions severity = JsonSerializer.Deserialize<SeverityOptions>(json, ApiJson.Options) ?? throw new OptionsException(Name, 0, "Setting 'severity' is empty.");
            severity.Validate(Name);
            return severity;
        }
        catch (JsonException error)
        {
            throw new OptionsException(Name, 0, $"Setting 'severity' cannot be read at {error.Path ?? "$"}.");
        }
    }

    /// <summary>Thresholds as JSON.</summary>
    public static string Write(SeverityOptions severity) => JsonSerializer.Serialize(severity, ApiJson.Options);

    /// <summary>The thresholds of a domain's settings.</summary>
    public static SeverityOptions Of(IDomainSettings settings) => Read(Holder(JsonNode.Parse(settings.Text)!)[Name]!.ToJsonString());

    /// <summary>The settings with other thresholds.</summary>
    /// <exception cref="OptionsException">They cannot be used together.</exception>
    public static IDomainSettings Replace(IServedDomain domain, IDomainSettings settings, SeverityOptions severity)
    {
        JsonNode all = JsonNode.Parse(settings.Text)!;
        Holder(all)[Name] = JsonNode.Parse(Write(severity));
        return domain.Read(all.ToJsonString());
    }

    /// <summary>A declared domain of the base transactions has those of that base.</summary>
    private static JsonNode Holder(JsonNode all)
    {
        if (all["base"]?.GetValue<string>() != "transactions") return all;
        return all["transactions"] ?? (all["transactions"] = JsonNode.Parse(Ecart.Domains.Transactions.TransactionOptionsJson.Serialize(Ecart.Domains.Transactions.TransactionOptions.Default))!);
    }
}
