using System.Globalization;
using System.Text;
using Ecart.Domains.Transactions;
using Ecart.Simulation;

namespace Ecart.Bench.Http;

/// <summary>Simulated events as whole requests, one an event.</summary>
internal static class EventRequests
{
    private const int Accounts = 2500;

    public static IEnumerable<byte[]> Generate(Uri address)
    {
        var world = new TransactionSimulatorOptions { Accounts = Accounts, Days = 365 };
        foreach (SimulatedTransaction simulated in new TransactionSimulator(world).Generate())
        {
            string body = Body(simulated.Event);
            yield return Encoding.UTF8.GetBytes(
                $"POST /v1/events HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        }
    }

    private static string Body(TransactionEvent transaction) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"event_uid":"{{transaction.EventUid}}","domain":"transactions",
         "entities":{"account":"{{transaction.AccountId}}","merchant":"{{transaction.MerchantId}}","device":"{{transaction.DeviceId}}"},
         "occurred_at":"{{transaction.OccurredAt:yyyy-MM-ddTHH:mm:ss.ffffff}}Z",
         "data":{"amount":{{transaction.Amount}},"category":"{{transaction.MerchantCategory}}","country":"{{transaction.Country}}",
                 "channel":"{{transaction.Channel.ToString().ToLowerInvariant()}}","ip":"{{transaction.IpAddress}}"} }
        """);
}
