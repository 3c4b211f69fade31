using CsCheck;
using Ecart.Domains.Network;
using Xunit;

namespace Ecart.Tests.Domains.Network;

public sealed class ContactWindowTests
{
    private static readonly Gen<ContactWindow.Contact> Contacts = Gen.Select(
        Gen.Long[0, 2000], Gen.ULong[1, 12], Gen.Int[1, 20], Gen.Bool, Gen.Bool, static (ticks, destination, target, isFailed, isNew) =>
            new ContactWindow.Contact(ticks, destination, target, isFailed, isNew));

    [Fact]
    public void Measure_AnyContacts_CountsAsAPlainDictionary() => Gen.Select(Contacts.Array[0, 120], Contacts, Gen.Long[0, 2000]).Sample((contacts, own, from) =>
    {
        var window = new ContactWindow();
        var plain = new Dictionary<(ulong, int), ContactWindow.Contact>();
        foreach (ContactWindow.Contact contact in contacts)
        {
            window.Add(in contact);
            (ulong, int) key = (contact.Destination, contact.Target);
            bool isKnown = plain.TryGetValue(key, out ContactWindow.Contact known);
            if (isKnown && known.Ticks > contact.Ticks) continue;
            plain[key] = contact with { IsNew = contact.IsNew || (isKnown && known.IsNew) };
        }

        plain[(own.Destination, own.Target)] = own with { Ticks = long.MaxValue };
        List<ContactWindow.Contact> counted = [.. plain.Values.Where(contact => contact.Ticks > from)];

        FanOut fan = ContactWindow.Measure(window, in own, from);

        Assert.Equal(counted.Count, fan.Contacts);
        Assert.Equal(counted.Count(static contact => contact.IsFailed), fan.Failed);
        Assert.Equal(counted.Count(contact => contact.Destination == own.Destination), fan.PortsThere);
        Assert.Equal(counted.Count(contact => contact.Destination == own.Destination && contact.IsFailed), fan.FailedPortsThere);
        Assert.Equal(counted.Count(contact => contact.Target == own.Target), fan.HostsOnPort);
        Assert.Equal(counted.Count(contact => contact.Target == own.Target && contact.IsFailed), fan.FailedHostsOnPort);
        Assert.Equal(counted.Count(contact => contact.Target == own.Target && contact.IsNew), fan.NewHostsOnPort);
        Assert.InRange(fan.Ports, 1, counted.Select(static contact => contact.Target).Distinct().Count());
    });

    [Fact]
    public void Measure_ManyPorts_CountsThemToAFewPercent()
    {
        var window = new ContactWindow();
        for (int port = 1; port <= 200; port++) window.Add(new ContactWindow.Contact(port, 1, port, true, false));

        FanOut fan = ContactWindow.Measure(window, new ContactWindow.Contact(300, 1, 201, true, false), 0);

        Assert.InRange(fan.Ports, 170, 201);
        Assert.Equal(201, fan.PortsThere);
    }

    [Fact]
    public void Add_MoreThanItHolds_ForgetsTheOldest()
    {
        var window = new ContactWindow();
        for (int i = 0; i < 3 * ContactWindow.Capacity; i++) window.Add(new ContactWindow.Contact(i, (ulong)i, 80, false, false));

        Assert.Equal(ContactWindow.Capacity, window.Count);
        Assert.Equal(2L * ContactWindow.Capacity, Oldest(window));
    }

    private static long Oldest(ContactWindow window)
    {
        long oldest = long.MaxValue;
        foreach (ContactWindow.Contact contact in window.All) oldest = Math.Min(oldest, contact.Ticks);
        return oldest;
    }
}
